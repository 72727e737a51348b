import Hummingbird
import HummingbirdTesting
import GRDB
import Crypto
import AsyncHTTPClient
import ArgumentParser
import Mustache
