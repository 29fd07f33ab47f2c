"""Loads a fixture into the database that dump.py made: load.py DIRECTORY USER_MODEL FIXTURE PASSWORD...

Prints the users as JSON, each with whether one of the passwords is right.
"""

import importlib.util
import json
import os
import sys

import django
from django.conf import settings

directory, model, fixture, *passwords = sys.argv[1:]
HAS_ALLAUTH = importlib.util.find_spec("allauth") is not None

settings.configure(
    SECRET_KEY="not used",
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sites", "people"]
    + (["allauth", "allauth.account", "allauth.socialaccount"] if HAS_ALLAUTH else []),
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.path.join(directory, "db.sqlite3")}},
    AUTH_USER_MODEL=model,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    SITE_ID=1,
    USE_TZ=True,
)
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402

call_command("loaddata", fixture, verbosity=0)
users = []
for user in get_user_model().objects.order_by("pk"):
    row = {"pk": user.pk, "usable": user.has_usable_password()}
    for name in ("username", "email", "mobile", "mobile_verified", "landline", "organisation", "first_name", "is_active", "is_staff", "is_superuser"):
        if hasattr(user, name):
            row[name] = getattr(user, name)
    row["right"] = [user.check_password(password) for password in passwords]
    row["groups"] = user.groups.count()
    if HAS_ALLAUTH:
        row["addresses"] = list(user.emailaddress_set.order_by("pk").values_list("email", "verified", "primary"))
        row["social"] = sorted(user.socialaccount_set.values_list("provider", "uid"))
    users.append(row)
print(json.dumps(users))
