"""What gunicorn serves: one site, as the environment says."""

import os
import sys

from dashboard.app import create_app
from dashboard.catalogue import CatalogueError
from dashboard.i18n import BadWords
from dashboard.prints import PressMissing
from dashboard.settings import BadSetting, read
from dashboard.web.static import StaticMissing

try:
    application = create_app(read(os.environ))
except (BadSetting, BadWords, CatalogueError, PressMissing, StaticMissing) as error:
    sys.exit(f"The site cannot start. {error}")
