/** A row of the drill: its rule, its clients while it is played, and its result. */
@NullMarked
package dev.midge.lwt.row;

import org.jspecify.annotations.NullMarked;
