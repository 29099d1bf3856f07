-- The three roles and the database, once, by a superuser; passwords come from the environment:
--   TENURE_OWNER_PASSWORD=... TENURE_APP_PASSWORD=... TENURE_OPERATOR_PASSWORD=... psql -f roles.sql
\set ON_ERROR_STOP on
\getenv owner_password TENURE_OWNER_PASSWORD
\getenv app_password TENURE_APP_PASSWORD
\getenv operator_password TENURE_OPERATOR_PASSWORD

-- Owns the tables and changes them; only migrations sign in with it.
CREATE ROLE tenure_owner LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'owner_password';
-- Used by servers. Owns nothing, and sees no rows until a tenant is set.
CREATE ROLE tenure_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'app_password';
-- Audited access across tenants, granted by policies and not by a privilege.
CREATE ROLE tenure_operator LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'operator_password';

-- Compiling a plan takes longer than the short statements of a request; the server's connections say so, too.
ALTER ROLE tenure_app SET jit = off;
ALTER ROLE tenure_operator SET jit = off;

-- Inside one tenant the operator works in the application's role, under its row-level security.
GRANT tenure_app TO tenure_operator;

CREATE DATABASE tenure OWNER tenure_owner ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0;
REVOKE ALL ON DATABASE tenure FROM PUBLIC;
GRANT CONNECT ON DATABASE tenure TO tenure_app, tenure_operator;

\connect tenure
ALTER SCHEMA public OWNER TO tenure_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO tenure_app, tenure_operator;
