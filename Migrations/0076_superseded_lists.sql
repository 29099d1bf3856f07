-- The indexes from before the files above, which end before the order does.
DROP INDEX applications_by_company, applications_on_board, jobs_by_company, notifications_by_user;
