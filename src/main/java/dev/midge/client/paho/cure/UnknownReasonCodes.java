package dev.midge.client.paho.cure;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Unsuback;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Cures that Paho drops the connection at reason codes that it does not know, as 0x97 in SUBACK: it
 * is shown codes that it knows. The true ones are kept with the message, or the request.
 */
public final class UnknownReasonCodes implements ReceiveCure {

  @Override
  public Packet cureReceived(Packet packet, Queue<Packet> after) {
    if (packet instanceof Suback suback) {
      List<Integer> codes = new ArrayList<>();
      for (int code : suback.reasonCodes()) {
        codes.add(code <= 2 ? code : ReasonCode.UNSPECIFIED_ERROR);
      }
      return new Suback(suback.packetId(), codes, Properties.NONE);
    }
    if (packet instanceof Unsuback unsuback) {
      List<Integer> codes = new ArrayList<>();
      for (int code : unsuback.reasonCodes()) {
        boolean isKnown = code == 0 || code == ReasonCode.NO_SUBSCRIPTION_EXISTED;
        codes.add(isKnown ? code : ReasonCode.UNSPECIFIED_ERROR);
      }
      return new Unsuback(unsuback.packetId(), codes, Properties.NONE);
    }
    return packet instanceof Ack ack ? Ack.of(ack.type(), ack.packetId()) : packet;
  }
}
