/** The words that control a running broker or proxy, and what is answered to them. */
@NullMarked
package dev.midge.control;

import org.jspecify.annotations.NullMarked;
