"""A typical custom user model: an address or a phone number instead of a user name, and a company."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone


class Person(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(null=True, unique=True)
    mobile = models.CharField(max_length=20, null=True, unique=True)
    mobile_verified = models.BooleanField(default=False)
    latchkey_id = models.UUIDField(null=True, unique=True)
    landline = models.CharField(max_length=20, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10, blank=True)
    first_name = models.CharField(max_length=150, blank=True)
    last_name = models.CharField(max_length=150, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
