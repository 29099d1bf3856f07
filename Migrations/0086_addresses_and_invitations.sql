-- Somebody who was invited and never joined, because the invitation was taken back, was never a member.
ALTER TABLE company_members
    ADD COLUMN invited_at timestamptz,
    ADD COLUMN version integer NOT NULL DEFAULT 1,
    DROP CONSTRAINT company_members_status_known,
    ADD CONSTRAINT company_members_status_known CHECK (status IN ('active', 'invited', 'withdrawn', 'deactivated')) NOT VALID;
COMMENT ON COLUMN company_members.invited_at IS 'When the last invitation was mailed.';
ALTER TABLE companies ADD COLUMN version integer NOT NULL DEFAULT 1;

-- A new address counts once somebody has used the code that was mailed to it.
ALTER TABLE password_resets
    ADD COLUMN email text,
    DROP CONSTRAINT password_resets_purpose_known,
    ADD CONSTRAINT password_resets_purpose_known
        CHECK (purpose IN ('passwordReset', 'invitation', 'confirmation', 'addressChange')) NOT VALID;
COMMENT ON COLUMN password_resets.email IS 'The address that the account is to have.';
