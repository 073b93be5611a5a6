"""What gunicorn serves: one site, as the environment says."""

import logging
import os
import sys

from dashboard.app import create_app
from dashboard.catalogue import CatalogueError
from dashboard.i18n import BadWords
from dashboard.people import Unavailable
from dashboard.prints import PressMissing
from dashboard.settings import BadSetting, read
from dashboard.store import Accounts
from dashboard.web.static import StaticMissing

try:
    chosen = read(os.environ)
    application = create_app(chosen)
except (BadSetting, BadWords, CatalogueError, PressMissing, StaticMissing) as error:
    sys.exit(f"The site cannot start. {error}")

if chosen.site == "partners":
    try:
        Accounts.at(chosen.accounts_url, upgrade=True)
    except Unavailable as error:
        logging.getLogger(__name__).warning("Nobody can sign in yet: %s", error)
