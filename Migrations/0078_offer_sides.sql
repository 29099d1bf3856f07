-- Each side's words in an offer are kept apart, and an acceptance names the version that was accepted.
ALTER TABLE offers
    ADD COLUMN reply text,
    ADD COLUMN terms_version integer NOT NULL DEFAULT 1,
    ADD COLUMN accepted_version integer;
COMMENT ON COLUMN offers.message IS 'The employer''s words.';
COMMENT ON COLUMN offers.reply IS 'The candidate''s latest words.';
COMMENT ON COLUMN offers.terms_version IS 'The version in which the employer set the terms as they are.';
COMMENT ON COLUMN offers.accepted_version IS 'The version that the candidate saw and accepted.';
