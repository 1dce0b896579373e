/** The broker's state on disk: a snapshot, the log of changes since, and the thread that writes. */
@NullMarked
package dev.midge.broker.persist;

import org.jspecify.annotations.NullMarked;
