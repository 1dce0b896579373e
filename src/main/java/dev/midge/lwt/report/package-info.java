/** The results of drills as tables, lists and files. */
@NullMarked
package dev.midge.lwt.report;

import org.jspecify.annotations.NullMarked;
