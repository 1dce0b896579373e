/** The Last Will drill: its course from the check of the access to the last clean-up. */
@NullMarked
package dev.midge.lwt;

import org.jspecify.annotations.NullMarked;
