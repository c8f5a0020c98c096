import { MAIL_TOPIC_WORDS } from "#app/contracts/messages/mail-topics.ts";
import type { MailTopic } from "#server/domains/notifications/index.ts";

type Topic = { topic: MailTopic; mail: boolean | "always"; rings: boolean };

/** Each thing people are told of, and by which ways: by mail, and at the bell. */
export function TopicRows({ topics }: { topics: readonly Topic[] }) {
  return (
    <table className="w-full border-collapse">
      <caption className="sr-only">What you are told, and how</caption>
      <thead>
        <tr className="border-b border-line text-13 text-ink-2">
          <th scope="col" className="py-2 text-left font-medium">
            About
          </th>
          <th scope="col" className="w-16 py-2 text-center font-medium">
            Mail
          </th>
          <th scope="col" className="w-16 py-2 text-center font-medium">
            Bell
          </th>
        </tr>
      </thead>
      <tbody>
        {topics.map(({ topic, mail, rings }) => {
          const { title, hint } = MAIL_TOPIC_WORDS[topic];
          return (
            <tr key={topic} className="border-b border-line">
              <th scope="row" className="py-3 pr-3 text-left font-normal">
                {title}
                <span className="ui-hint block">{hint}</span>
              </th>
              <td className="text-center align-middle">
                {mail === "always" ? (
                  <span className="text-13 text-ink-2">Always</span>
                ) : (
                  <Way name="mail" label={`${title}, by mail`} topic={topic} on={mail} />
                )}
              </td>
              <td className="text-center align-middle">
                <Way name="ring" label={`${title}, at the bell`} topic={topic} on={rings} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Way({ name, label, topic, on }: { name: string; label: string; topic: MailTopic; on: boolean }) {
  return (
    <label className="inline-flex size-11 items-center justify-center">
      <span className="sr-only">{label}</span>
      <input type="checkbox" name={name} value={topic} defaultChecked={on} className="ui-box" />
    </label>
  );
}
