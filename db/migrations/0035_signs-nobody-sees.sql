-- Signs that nobody sees (those of app/contracts/strip-hidden.ts) are taken out of the names and addresses that came in before
-- forms, imports and commands took them out. Only rows that hold one are written; what is read is each table once. A name of
-- nothing else becomes what its owner is known by otherwise. Numbers and addresses of mail stay: they are keys.
do $$
declare
  hidden constant text := '[\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]';
begin
  update accounts set
    name = coalesce(nullif(btrim(regexp_replace(name, hidden, '', 'g')), ''), number),
    phone = nullif(regexp_replace(phone, hidden, '', 'g'), ''),
    postal_code = nullif(regexp_replace(postal_code, hidden, '', 'g'), ''),
    address = regexp_replace(address::text, hidden, '', 'g')::jsonb
  where name ~ hidden or phone ~ hidden or postal_code ~ hidden or address::text ~ hidden;
  update logins set name = coalesce(nullif(btrim(regexp_replace(name, hidden, '', 'g')), ''), email::text)
  where name ~ hidden;
  update contacts set
    name = coalesce(nullif(btrim(regexp_replace(name, hidden, '', 'g')), ''), email::text, phone, 'Contact'),
    phone = nullif(regexp_replace(phone, hidden, '', 'g'), ''),
    note = nullif(regexp_replace(note, hidden, '', 'g'), '')
  where name ~ hidden or phone ~ hidden or note ~ hidden;
  update business set
    name = coalesce(nullif(btrim(regexp_replace(name, hidden, '', 'g')), ''), name),
    legal_name = nullif(regexp_replace(legal_name, hidden, '', 'g'), ''),
    sender_name = nullif(regexp_replace(sender_name, hidden, '', 'g'), ''),
    phone = nullif(regexp_replace(phone, hidden, '', 'g'), ''),
    terms = nullif(regexp_replace(terms, hidden, '', 'g'), ''),
    address = regexp_replace(address::text, hidden, '', 'g')::jsonb
  where concat(name, legal_name, sender_name, phone, terms, address::text) ~ hidden;
end $$;
