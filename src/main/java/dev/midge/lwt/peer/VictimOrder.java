package dev.midge.lwt.peer;

import java.io.Serializable;

/**
 * The order to the process of the kill row: connect to that broker with that client id and a will.
 */
public record VictimOrder(Target target, String clientId, String willTopic, byte[] willPayload)
    implements Serializable {}
