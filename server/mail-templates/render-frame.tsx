import { render } from "@react-email/render";

import { type MailContent } from "./mail-content.ts";
import { type FrameFacts, MailFrame } from "./mail-frame.tsx";

export const renderFrame = (content: MailContent, facts: FrameFacts): Promise<string> =>
  render(<MailFrame content={content} facts={facts} />);
