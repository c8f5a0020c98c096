-- Without an address that can be written to an account is reminded by its people: who comes to it has it looked at again.
-- Under the account's lock, as every look is: one that has not seen them yet ends before.
CREATE FUNCTION look_again_for_people() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM accounts WHERE id = new.account_id AND quarantined_at IS NULL
    AND (email IS NULL OR email::text !~ '^[^[:space:]@<>,;:"()]+@[^[:space:]@<>,;:"()]+$') FOR NO KEY UPDATE;
  IF FOUND THEN
    UPDATE collection_looks SET look_on = date '-infinity' WHERE account_id = new.account_id AND duty = 'reminders';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER account_people_look_again AFTER INSERT ON account_people
  FOR EACH ROW EXECUTE FUNCTION look_again_for_people();
