#include <string>
#include <string_view>

#include <fmt/format.h>

#include "analyzer/check/cause.h"
#include "analyzer/check/password_hashes.h"

namespace hasten::rules {
namespace {

constexpr std::string_view page = R"page(
Tests hash passwords with as many rounds as production does. Each hash is meant to take long, a tenth of a second and more, and a
suite that makes a user for every test pays it every time.

## Flagged

```python
# file: shop/users.py
import bcrypt


def hashed(password):
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt())


class User:
    def __init__(self, name, password):
        self.name = name
        self.password = hashed(password)

# file: tests/test_users.py
import pytest

from shop.users import User


@pytest.fixture
def user():
    return User("ada", "secret")  # expect: HS206 medium "`bcrypt.hashpw` takes about 0.3 s behind `User` in fixture `user`, set up for 4 tests"


def test_name(user): ...


def test_mail(user): ...


def test_cart(user): ...


def test_order(user): ...
```

Less than a second in one run has low confidence:

```python
from passlib.context import CryptContext
from werkzeug.security import generate_password_hash

passwords = CryptContext(schemes=["bcrypt"], deprecated="auto")


def test_context():
    assert passwords.hash("secret")  # expect: HS206 low


def test_scrypt():
    assert generate_password_hash("secret", "scrypt")  # expect: HS206 low
```

## Not flagged

Few rounds, and a hash that is replaced:

```python
from unittest import mock

import argon2
import bcrypt
import pytest
from passlib.context import CryptContext
from passlib.hash import sha512_crypt
from werkzeug.security import generate_password_hash

passwords = CryptContext(schemes=["bcrypt"], bcrypt__rounds=4)
hasher = argon2.PasswordHasher(time_cost=1, memory_cost=8)


@pytest.mark.parametrize("word", ["a", "b", "c", "d", "e"])
def test_few_rounds(word):
    bcrypt.hashpw(word.encode(), bcrypt.gensalt(rounds=4))
    salt = bcrypt.gensalt(4)
    bcrypt.hashpw(word.encode(), salt)
    passwords.hash(word)
    hasher.hash(word)
    generate_password_hash(word, method="pbkdf2:sha256:1")
    sha512_crypt.using(rounds=1000).hash(word)


@pytest.mark.parametrize("word", ["a", "b", "c", "d", "e"])
def test_replaced(word):
    with mock.patch("bcrypt.gensalt", return_value=b"$2b$04$abcdefghijklmnopqrstuv"):
        bcrypt.hashpw(word.encode(), bcrypt.gensalt())
    with mock.patch("bcrypt.hashpw"):
        bcrypt.hashpw(word.encode(), bcrypt.gensalt())
```

## Instead

Make the number of rounds a setting and let the tests choose the smallest: `bcrypt.gensalt(4)`,
`CryptContext(..., bcrypt__rounds=4)`, `argon2.PasswordHasher(time_cost=1, memory_cost=8)`,
`generate_password_hash(password, "pbkdf2:sha256:1")`. Where the code has no such setting, replace it in an autouse fixture:

```python
import bcrypt
import pytest


@pytest.fixture(autouse=True)
def few_rounds(monkeypatch):
    salt = bcrypt.gensalt(4)
    monkeypatch.setattr(bcrypt, "gensalt", lambda: salt)


def test_hash():
    assert bcrypt.hashpw(b"secret", bcrypt.gensalt())
```

## Limits

The number of rounds must be seen: in the call, or where the file makes the hasher. Django's hashers are left out, since what
`PASSWORD_HASHERS` holds is the settings' affair. Below a second in one run, or where a condition may leave the hash out, the
finding has low confidence. Costs are those of the libraries' defaults.

## References

* [bcrypt: adjustable work factor](https://pypi.org/project/bcrypt/)
* [passlib: rounds](https://passlib.readthedocs.io/en/stable/narr/hash-tutorial.html)
* [Django: password hashing in tests](https://docs.djangoproject.com/en/stable/topics/testing/overview/#password-hashing)
)page";

void check_hash(Check& check, EffectId id) {
  constexpr float least = 1;  // second of one run: below that nobody acts
  const Project& project = check.project();
  const Effect& effect = project->effects[id];
  if (!hashes_by_default(project, effect)) return;
  const std::optional<Cause> cause = cause_of(project, id);
  if (!cause || cause->site == CauseSite::import) return;  // HS204 tells
  const std::string deed =
      fmt::format("`{}` takes about {:.2g} s", project.name(effect.api), typical_seconds(effect.cost).value);
  Finding& finding = report_cause(check, *cause, deed);
  if (cause->is_guarded || finding.cost.value < least) finding.confidence = Confidence::low;
}

}  // namespace

extern const Rule costly_password_hash = {
    .code = "HS206",
    .name = "costly-password-hash",
    .summary = "tests hash passwords with as many rounds as production",
    .severity = Severity::warning,
    .confidence = Confidence::medium,
    .since = "0.1.0",
    .wants = {EffectKind::password_hash},
    .hooks = {.on_effect = check_hash},
    .help = "let the tests choose the smallest number of rounds",
    .page = page,
};

}  // namespace hasten::rules
