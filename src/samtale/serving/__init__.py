"""The processes of one installation: the web server and the message worker under one supervisor."""
