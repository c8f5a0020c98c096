-- Without an address of its own an account is reminded by its people: the first of them has it looked at again.
CREATE TRIGGER account_people_look_again AFTER INSERT ON account_people
  FOR EACH ROW EXECUTE FUNCTION look_again();
