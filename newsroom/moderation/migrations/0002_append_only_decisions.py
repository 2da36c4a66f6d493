"""Decisions are append-only, whoever writes: the database itself refuses to change or delete one.

One change is let through: the name of a moderator whose account is erased is taken off (``SET NULL``).
"""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION moderation_decision_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.moderator_id IS NULL
       AND to_jsonb(NEW) - 'moderator_id' = to_jsonb(OLD) - 'moderator_id' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'decisions_are_append_only' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER decisions_are_append_only BEFORE UPDATE OR DELETE ON moderation_decision
    FOR EACH ROW EXECUTE FUNCTION moderation_decision_stays();
"""
BACKWARDS = """
DROP TRIGGER decisions_are_append_only ON moderation_decision;
DROP FUNCTION moderation_decision_stays();
"""


class Migration(migrations.Migration):
    """The trigger."""

    dependencies = [("moderation", "0001_moderation")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
