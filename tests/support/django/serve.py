"""Serves the blocks of docs/resource-server.md: serve.py DIRECTORY PORT. The directory has settings.py, latchkey.py and views.py."""

import sys
from wsgiref.simple_server import make_server

directory, port = sys.argv[1:]
sys.path.insert(0, directory)

import settings as documented  # noqa: E402
from django.conf import settings  # noqa: E402

settings.configure(
    SECRET_KEY="not used for these tokens",
    ALLOWED_HOSTS=["127.0.0.1"],
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "rest_framework", "rest_framework_simplejwt"],
    DATABASES={},
    ROOT_URLCONF="urls",
    REST_FRAMEWORK=documented.REST_FRAMEWORK,
    SIMPLE_JWT=documented.SIMPLE_JWT,
)

import django  # noqa: E402

django.setup()

import types  # noqa: E402

import views  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.urls import path  # noqa: E402

urls = types.ModuleType("urls")
urls.urlpatterns = [path("me", views.me), path("orders", views.orders)]
sys.modules["urls"] = urls

make_server("127.0.0.1", int(port), get_wsgi_application()).serve_forever()
