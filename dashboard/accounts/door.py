"""Signing in and out: from a password or an identity provider to a session, step by step."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from dashboard.accounts import factor, passwords
from dashboard.accounts.oidc import Identity
from dashboard.accounts.throttle import Throttle, by_account_and_client, by_client, by_code
from dashboard.people import (
    SECOND_FACTOR,
    Account,
    Entry,
    Member,
    Refused,
    Session,
    Stage,
)
from dashboard.store.accounts import Accounts, Link, email_of

HALF_WAY = timedelta(minutes=10)
"""How long somebody may take between two steps of signing in."""
TOUCHED = timedelta(minutes=1)
"""How exactly it is known when a session was last used: not every request writes."""
LINK_LASTS = timedelta(days=3)
CODES = 5
"""Wrong codes after which the password is asked for again."""


@dataclass(frozen=True, slots=True)
class Knock:
    """Where and when a request comes from. `local`: from this very machine."""

    now: datetime
    client: str = ""
    agent: str = ""
    local: bool = False


def hash_of(token: str) -> str:
    """Return what is kept of a random token. 256 random bits need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """Return a random token of 256 bits, fit for an address or a cookie."""
    return secrets.token_urlsafe(32)


@dataclass(frozen=True, slots=True)
class Door:
    """Lets people in. `samples` says whether the sample accounts exist for it."""

    accounts: Accounts
    idle: timedelta
    whole: timedelta
    samples: bool = True
    throttle: Throttle = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "throttle", Throttle(self.accounts))
        passwords.nobody()

    def member(self, token: str, knock: Knock) -> Member | None:
        """Return who is signed in with a token, as the account is now."""
        if not token:
            return None
        found = self.accounts.sessions.member(hash_of(token), knock.now, self.idle)
        if found is None or not self._admits(found.account, knock) or _half_proven(found.account):
            return None
        if knock.now - found.session.seen >= TOUCHED:
            self.accounts.sessions.touch(found.session.hash, knock.now)
        return found

    def half_way(self, token: str, stage: Stage, knock: Knock) -> Session:
        """Return the session that waits for a step; raise Refused."""
        found = self.accounts.sessions.found(hash_of(token), knock.now, self.idle)
        if found is None or found.stage != stage:
            raise Refused("late")
        return found

    def account_of(self, session: Session) -> Account:
        """Return the account of a session that is not signed in yet; raise Refused."""
        found = self.accounts.people.by_id(session.account)
        if found is None or found.disabled:
            raise Refused("unusable")
        return found

    def password(self, email: str, password: str, knock: Knock) -> tuple[str, Stage]:
        """Take a password; return a token and what is missing. Raise Refused or Throttled.

        An unknown account, a disabled one and a wrong password get the same answer and take as
        long.
        """
        email = email_of(email)
        key, shared = by_account_and_client(email, knock.client), by_client(knock.client)
        self.throttle.enter((key, shared), knock.now)
        account = self.accounts.people.by_email(email)
        fits = passwords.matches(account.password if account else "", password)
        if account is None or not fits or not self._admits(account, knock):
            self.log(knock, "sign-in refused", account)
            raise Refused("wrong")
        self.throttle.succeeded(key, shared)
        if passwords.outdated(account.password):
            self.accounts.people.change(account.id, password=passwords.hashed(password))
        return self.let_in(account, knock)

    def let_in(self, account: Account, knock: Knock, *, proven: bool = False) -> tuple[str, Stage]:
        """Begin a session of an account; return its token and what is still missing.

        `proven`: the second factor is done, or is the matter of the identity provider.
        """
        stage: Stage = ""
        if not proven and account.needs_code:
            stage = "code" if account.totp else "enrol"
        token = self.begin(account.id, stage, knock)
        if not stage:
            self.log(knock, "sign-in", account)
        return token, stage

    def begin(
        self, account: str, stage: Stage, knock: Knock, note: Mapping[str, str] | None = None
    ) -> str:
        """Begin a session with a new random id; return the id."""
        token = new_token()
        lasts = HALF_WAY if stage else self.whole
        session = Session(
            hash=hash_of(token),
            handle=secrets.token_hex(8),
            account=account,
            stage=stage,
            created=knock.now,
            seen=knock.now,
            expires=knock.now + lasts,
            agent=knock.agent[:200],
            note=note or {},
        )
        self.accounts.sessions.begin(session)
        return token

    def code(self, token: str, code: str, knock: Knock) -> str:
        """Take the code of the second factor; return the token of a new session."""
        session = self.half_way(token, "code", knock)
        account = self.account_of(session)
        key = by_code(account.id)
        self.throttle.enter((key,), knock.now)
        if not self.proves(account, code, knock):
            self._count_wrong(session, knock)
            self.log(knock, "code refused", account)
            raise Refused("code")
        self.throttle.succeeded(key)
        self.accounts.sessions.end(session.hash, knock.now)
        return self.let_in(account, knock, proven=True)[0]

    def proves(self, account: Account, code: str, knock: Knock) -> bool:
        """Whether a code is right and was never used; uses it up."""
        step = factor.step_of(account.totp, code, knock.now) if account.totp else None
        if step is not None:
            return self.accounts.people.use_step(account.id, step)
        hash = factor.recovery_hash(account.id, code)
        used = self.accounts.people.use_recovery(account.id, hash, knock.now)
        if used:
            self.log(knock, "recovery code used", account)
        return used

    def enrolment(self, token: str, knock: Knock) -> tuple[Account, str]:
        """Return (account, secret for its authenticator) of somebody who has none yet."""
        session = self.half_way(token, "enrol", knock)
        account, kept = self.account_of(session), session.note.get("totp", "")
        if not kept:
            kept = factor.secret()
            self.accounts.sessions.note(session.hash, {"totp": kept})
        return account, kept

    def enrol(self, token: str, code: str, knock: Knock) -> tuple[str, tuple[str, ...]]:
        """Take the first code of an authenticator; return (new token, recovery codes)."""
        account, kept = self.enrolment(token, knock)
        self.throttle.enter((by_code(account.id),), knock.now)
        step = factor.step_of(kept, code, knock.now)
        if step is None:
            raise Refused("clock")
        self.throttle.succeeded(by_code(account.id))
        self.accounts.people.change(account.id, totp=kept, totp_step=step)
        codes = self.new_recovery(account)
        self.accounts.sessions.end(hash_of(token), knock.now)
        self.log(knock, "second factor set up", account)
        return self.let_in(account, knock, proven=True)[0], codes

    def new_recovery(self, account: Account) -> tuple[str, ...]:
        """Return new recovery codes of an account; the old ones are void."""
        codes = factor.recovery_codes()
        hashes = [factor.recovery_hash(account.id, code) for code in codes]
        self.accounts.people.set_recovery(account.id, hashes)
        return codes

    def provider(self, token: str, knock: Knock) -> dict[str, str]:
        """Return what was noted when somebody went to the provider, once; raise Refused."""
        session = self.half_way(token, "provider", knock)
        if not self.accounts.sessions.end(session.hash, knock.now):
            raise Refused("late")
        return dict(session.note)

    def identified(self, identity: Identity, knock: Knock) -> str:
        """Let in whom a provider has identified; return the token of a session. Raise Refused.

        The first time an account is found by the e-mail address that the provider has verified,
        from then on by the provider's own name for the person.
        """
        people = self.accounts.people
        account = people.by_subject(identity.issuer, identity.subject)
        if account is None and identity.email:
            account = people.by_email(identity.email)
            if account and not (account.issuer or account.sample):
                people.change(account.id, issuer=identity.issuer, subject=identity.subject)
            else:
                account = None
        if account is None or not self._admits(account, knock):
            self.log(knock, "sign-in refused", account, "by the provider's word")
            raise Refused("stranger")
        return self.let_in(account, knock, proven=True)[0]

    def out(self, token: str, knock: Knock) -> None:
        """End the session of a token, whatever its stage."""
        found = self.accounts.sessions.found(hash_of(token), knock.now, self.idle)
        if found and self.accounts.sessions.end(found.hash, knock.now):
            person = self.accounts.people.by_id(found.account) if found.account else None
            self.log(knock, "sign-out", person)

    def forget(self, token: str, knock: Knock) -> None:
        """End the session that a browser had before it signed in anew."""
        self.accounts.sessions.end(hash_of(token), knock.now)

    def end_own(self, member: Member, handle: str, knock: Knock) -> bool:
        """End one session of a member; False if it is none of theirs."""
        ended = self.accounts.sessions.end_handle(member.account.id, handle, knock.now)
        if ended:
            self.log(knock, "session ended", member.account, handle)
        return ended

    def end_others(self, member: Member, knock: Knock) -> None:
        """End every session of a member but the one they are in."""
        self.accounts.sessions.end_all(member.account.id, knock.now, member.session.hash)
        self.log(knock, "other sessions ended", member.account)

    def change_password(self, member: Member, old: str, new: str, knock: Knock) -> str:
        """Change the password of a member; every session ends. Return the token of a new one."""
        account = member.account
        key = by_account_and_client(account.email, knock.client)
        self.throttle.enter((key,), knock.now)
        if account.issuer or not passwords.matches(account.password, old):
            raise Refused("wrong")
        self.throttle.succeeded(key)
        passwords.check(new, account.email, account.name)
        self.set_password(account, new, knock)
        return self.let_in(account, knock, proven=True)[0]

    def renew_recovery(self, member: Member, code: str, knock: Knock) -> tuple[str, ...]:
        """Return new recovery codes of a member who has the authenticator at hand."""
        account = member.account
        self.throttle.enter((by_code(account.id),), knock.now)
        if not account.totp or not self.proves(account, code, knock):
            raise Refused("code")
        self.throttle.succeeded(by_code(account.id))
        self.log(knock, "recovery codes renewed", account)
        return self.new_recovery(account)

    def invited(self, token: str, knock: Knock) -> tuple[Account, Link]:
        """Return whom a link lets in; raise Refused if it does not work any more."""
        found = self.accounts.links.found(hash_of(token), knock.now)
        account = self.accounts.people.by_id(found.account) if found else None
        if found is None or account is None or not self._admits(account, knock):
            raise Refused("link")
        return account, found

    def accept(self, token: str, password: str, knock: Knock) -> tuple[str, Stage]:
        """Set the password of who holds a link, use it up, let them in. Raise Refused.

        A password that is refused leaves the link as it is.
        """
        account, link = self.invited(token, knock)
        passwords.check(password, account.email, account.name)
        if not self.accounts.links.use(hash_of(token), knock.now):
            raise Refused("link")
        self.set_password(account, password, knock)
        self.log(knock, f"{link.purpose} accepted", account)
        return self.let_in(account, knock)

    def set_password(self, account: Account, password: str, knock: Knock) -> None:
        """Set a password that was checked; every session ends."""
        self.accounts.people.change(account.id, password=passwords.hashed(password))
        self.accounts.sessions.end_all(account.id, knock.now)
        self.log(knock, "password set", account)

    def log(self, knock: Knock, action: str, account: Account | None, subject: str = "") -> None:
        """Add a line to the audit log. What somebody typed is never in it."""
        actor = account.email if account else "unknown"
        self.accounts.log.add(Entry(knock.now, actor, action, subject, knock.client))

    def _admits(self, account: Account, knock: Knock) -> bool:
        here = not account.sample or (self.samples and knock.local)
        return here and account.disabled is None

    def _count_wrong(self, session: Session, knock: Knock) -> None:
        wrong = int(session.note.get("wrong", "0")) + 1
        self.accounts.sessions.note(session.hash, {**session.note, "wrong": str(wrong)})
        if wrong >= CODES:
            self.accounts.sessions.end(session.hash, knock.now)


def _half_proven(account: Account) -> bool:
    """Whether an account needs a second factor now that it did not have when it signed in."""
    return account.role in SECOND_FACTOR and not (account.totp or account.issuer)
