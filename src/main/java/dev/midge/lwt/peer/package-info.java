/** The connections of the drill: packets as a row wants them, and the messages that come. */
@NullMarked
package dev.midge.lwt.peer;

import org.jspecify.annotations.NullMarked;
