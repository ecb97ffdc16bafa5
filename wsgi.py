"""The door for every server and for `flask --app wsgi`: the application with settings from the environment."""

from vctestimony.composition import create_app
from vctestimony.config import Settings

app = create_app(Settings.from_env())
