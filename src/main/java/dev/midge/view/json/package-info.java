/** Payloads that are JSON: their values, the changes from one to the next, and their schema. */
@NullMarked
package dev.midge.view.json;

import org.jspecify.annotations.NullMarked;
