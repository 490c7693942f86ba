"""Units, procedures and calendars: requests that change them and views that show them."""
