/** The rules about wills, each with the script that tries it. */
@NullMarked
package dev.midge.lwt.rows;

import org.jspecify.annotations.NullMarked;
