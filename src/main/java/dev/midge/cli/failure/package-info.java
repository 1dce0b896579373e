/** Turns failures of the connection into messages for people and exit statuses. */
@NullMarked
package dev.midge.cli.failure;

import org.jspecify.annotations.NullMarked;
