"""Checks a token with the settings of docs/moving-from-django.md: accept.py TOKEN SERVICE_URL.

Prints the user id that SimpleJWT reads from it, or the reason for rejecting it.
"""

import sys

import django
from django.conf import settings

token, service = sys.argv[1:]

settings.configure(
    SECRET_KEY="not used for these tokens",
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "rest_framework_simplejwt"],
    SIMPLE_JWT={
        "ALGORITHM": "ES256",
        "JWK_URL": service + "/.well-known/jwks.json",
        "ISSUER": service,
        "AUDIENCE": service,
        "USER_ID_CLAIM": "sub",
        "TOKEN_TYPE_CLAIM": None,
    },
)
django.setup()

from rest_framework_simplejwt.exceptions import TokenError  # noqa: E402
from rest_framework_simplejwt.tokens import AccessToken  # noqa: E402

try:
    print(AccessToken(token)["sub"])
except TokenError as refusal:
    print(refusal)
