/** What Paho's MQTT 5 client gets wrong in packets, each defect put right by one class. */
@NullMarked
package dev.midge.client.paho.cure;

import org.jspecify.annotations.NullMarked;
