/** Channels of bytes to a broker as their users see them: where they lead, and how they fail. */
@NullMarked
package dev.midge.net;

import org.jspecify.annotations.NullMarked;
