/**
 * Topics: the trees of subscriptions and retained messages, and the fan-out of a published message.
 */
@NullMarked
package dev.midge.broker.core.topics;

import org.jspecify.annotations.NullMarked;
