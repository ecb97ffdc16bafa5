"""The door for every server and for `flask --app wsgi`: the application with settings from the environment."""

from vctestimony.adapters import log_lines
from vctestimony.composition import create_app
from vctestimony.config import Settings, keep_files_private

keep_files_private()
settings = Settings.from_env()
log_lines.begin(settings.log)
app = create_app(settings)
