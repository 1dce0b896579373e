/** Messages that come out of other programs: recordings, lines with topics, NUL bytes, frames. */
@NullMarked
package dev.midge.cli.pipe;

import org.jspecify.annotations.NullMarked;
