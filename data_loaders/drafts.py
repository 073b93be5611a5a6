"""From files to a draft, from a draft to a release."""


