"""Creates and dumps users with every hasher of Django: dump.py DIRECTORY USER_MODEL.

Prints the users as JSON. USER_MODEL is auth.User or people.Person. Includes django-allauth and SimpleJWT when installed.
"""

import base64
import hashlib
import importlib.util
import json
import os
import sys

import django
from django.conf import settings
from django.contrib.auth import hashers

directory, model = sys.argv[1:]
PASSWORD = "lètmein to the orchard 7"


def installed(*names):
    return all(importlib.util.find_spec(name) for name in names)


class LaterScrypt(hashers.BasePasswordHasher):
    """A copy of Django 4.0's, for older versions."""

    algorithm = "scrypt"

    def encode(self, password, salt):
        made = hashlib.scrypt(password.encode(), salt=salt.encode(), n=2**14, r=8, p=1, maxmem=2**26, dklen=64)
        return "scrypt$16384$%s$8$1$%s" % (salt, base64.b64encode(made).decode())


HASHERS = ["PBKDF2PasswordHasher", "PBKDF2SHA1PasswordHasher", "ScryptPasswordHasher", "MD5PasswordHasher"]
if installed("argon2"):
    HASHERS.append("Argon2PasswordHasher")
if installed("bcrypt"):
    HASHERS += ["BCryptPasswordHasher", "BCryptSHA256PasswordHasher"]

HAS_ALLAUTH = installed("allauth")
HAS_SIMPLEJWT = installed("rest_framework_simplejwt")
HAS_OTP = installed("django_otp")

settings.configure(
    SECRET_KEY="not secret, but it must be long enough to sign tokens",
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sites", "people"]
    + (["allauth", "allauth.account", "allauth.socialaccount"] if HAS_ALLAUTH else [])
    + (["django_otp", "django_otp.plugins.otp_totp", "django_otp.plugins.otp_static"] if HAS_OTP else [])
    + (["rest_framework", "rest_framework_simplejwt", "rest_framework_simplejwt.token_blacklist"] if HAS_SIMPLEJWT else []),
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.path.join(directory, "db.sqlite3")}},
    AUTH_USER_MODEL=model,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    SITE_ID=1,
    USE_TZ=True,
    PASSWORD_HASHERS=["django.contrib.auth.hashers." + name for name in HASHERS if hasattr(hashers, name)],
)
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402

call_command("migrate", run_syncdb=True, verbosity=0)
User = get_user_model()
made = []


def make(name, encoded, **fields):
    user = User(email="%s@Example.com" % name.title(), password=encoded, **fields)
    if hasattr(user, "username"):
        user.username = name
    user.save()
    made.append({"name": name, "email": user.email, "pk": user.pk, "hash": encoded, "password": PASSWORD})
    return user


for name in HASHERS:
    hasher = getattr(hashers, name, LaterScrypt)()
    make(name.lower(), hasher.encode(PASSWORD, hasher.salt()))
make("unusable", hashers.make_password(None))
make("boss", hashers.make_password(PASSWORD), is_superuser=True, is_staff=True, first_name="Ada", last_name="L’Ovelace")
make("clerk", hashers.make_password(PASSWORD), is_staff=True)
make("gone", hashers.make_password(PASSWORD), is_active=False)
verified = make("verified", hashers.make_password(PASSWORD))

if model == "people.Person":
    caller = User(mobile="+998901234567", mobile_verified=True, password=hashers.make_password(PASSWORD))
    caller.organisation, caller.language = "Orchard", "uz"
    caller.save()

if HAS_ALLAUTH:
    from allauth.account.models import EmailAddress
    from allauth.socialaccount.models import SocialAccount

    EmailAddress.objects.create(user=verified, email=verified.email, verified=True, primary=True)
    EmailAddress.objects.create(user=User.objects.get(pk=made[0]["pk"]), email=made[0]["email"], verified=False)
    for provider in ("google", "facebook", "github", "steam"):
        SocialAccount.objects.create(user=verified, provider=provider, uid="%s-4711" % provider, extra_data={"a": [1]})

if HAS_OTP:
    from django_otp.oath import TOTP
    from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
    from django_otp.plugins.otp_totp.models import TOTPDevice

    careful = make("careful", hashers.make_password(PASSWORD))
    device = TOTPDevice.objects.create(user=careful, name="phone", confirmed=True)
    used = TOTP(device.bin_key).token()
    assert device.verify_token(used)
    codes = StaticDevice.objects.create(user=careful, name="backup", confirmed=True)
    tokens = [codes.token_set.create(token=StaticToken.random_token()).token for _ in range(3)]
    assert codes.verify_token(tokens[0])
    half = make("half", hashers.make_password(PASSWORD))
    TOTPDevice.objects.create(user=half, name="phone", confirmed=False)
    otp = {"key": device.key, "used": used, "tokens": tokens}

if HAS_SIMPLEJWT:
    from rest_framework_simplejwt.tokens import RefreshToken

    RefreshToken.for_user(verified)

for form in ("json", "jsonl"):
    call_command("dumpdata", format=form, output=os.path.join(directory, "users." + form), verbosity=0)
print(json.dumps({"version": django.VERSION[:3], "allauth": HAS_ALLAUTH, "simplejwt": HAS_SIMPLEJWT, "otp": otp if HAS_OTP else None, "users": made}))
