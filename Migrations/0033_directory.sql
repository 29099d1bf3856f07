-- The directory is the operator's: the server looks names up through that door.
REVOKE SELECT ON tenant_names FROM tenure_app;
