/** Many clients in one process: {@code conn --count} and {@code pub --clients}. */
@NullMarked
package dev.midge.cli.fleet;

import org.jspecify.annotations.NullMarked;
