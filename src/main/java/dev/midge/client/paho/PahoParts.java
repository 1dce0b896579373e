package dev.midge.client.paho;

import dev.midge.client.ClientEvents;
import dev.midge.client.ConnectSpec;
import dev.midge.client.ConnectionFailures;
import dev.midge.client.FaultWatch;
import dev.midge.client.MessageListener;
import dev.midge.client.io.MessageReceiver;
import dev.midge.client.io.PacketReader;
import dev.midge.client.io.PacketWriter;
import dev.midge.client.paho.cure.BrokerTopicAliases;
import dev.midge.client.paho.cure.CheckedConnack;
import dev.midge.client.paho.cure.GivenProperties;
import dev.midge.client.paho.cure.LongBinaryData;
import dev.midge.client.paho.cure.ManualPubrec;
import dev.midge.client.paho.cure.MaximumPacketSize;
import dev.midge.client.paho.cure.MessageDetails;
import dev.midge.client.paho.cure.PubrelReason;
import dev.midge.client.paho.cure.ReceiveCure;
import dev.midge.client.paho.cure.ReceiveMaximum;
import dev.midge.client.paho.cure.RefusedByPubrec;
import dev.midge.client.paho.cure.RefusedFilters;
import dev.midge.client.paho.cure.SendCure;
import dev.midge.client.paho.cure.SessionPacketIds;
import dev.midge.client.paho.cure.SilentlyLoweredQos;
import dev.midge.client.paho.cure.TopicByAlias;
import dev.midge.client.paho.cure.UnaskedTopicAliases;
import dev.midge.client.paho.cure.UnknownReasonCodes;
import dev.midge.client.paho.cure.UserVersion;
import dev.midge.client.state.ClientSession;
import dev.midge.client.state.PendingRequests;
import dev.midge.net.ClientChannel;
import java.io.IOException;
import java.util.List;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a {@link PahoEngine} is made of: Paho, the stream of packets between it and the
 * channel, and the cures.
 */
record PahoParts(
    PahoClient client,
    PahoThreads threads,
    PahoState state,
    LateEvents events,
    PacketOutput output,
    Handover handover,
    DeliveryOrder order,
    MessageReceiver receiver) {

  private static final int BUFFER_BYTES = 32 * 1024;

  /** Makes them, for one connection. */
  static PahoParts of(
      ConnectSpec spec,
      ClientSession session,
      PendingRequests requests,
      ClientChannel channel,
      PacketWriter writer,
      @Nullable FaultWatch watch,
      MessageListener listener,
      ClientEvents clientEvents) {
    PacketReader reader = new PacketReader(spec.version(), clientEvents, BUFFER_BYTES, watch);
    LateEvents events = new LateEvents();
    DeliveryOrder order = new DeliveryOrder();
    Handover handover = new Handover(spec.properties());
    SessionPacketIds ids = new SessionPacketIds();
    RefusedByPubrec refusals = new RefusedByPubrec();
    ManualPubrec pubrecs = new ManualPubrec();
    MessageDetails details = new MessageDetails();
    PacketOutput output =
        new PacketOutput(
            writer, handover, order, session.receipts(), sendCures(spec, ids, refusals, pubrecs));
    ManualAcknowledgements acknowledgements = new ManualAcknowledgements(output, pubrecs);
    MessageReceiver receiver =
        new MessageReceiver(spec, listener, writer, session.receipts(), acknowledgements);
    PahoState state =
        new PahoState(spec, channel, writer, reader, receiver, session.inflight(), events);
    Deliveries deliveries = new Deliveries(receiver, details, order, state, events::quiet);
    BrokerPackets handler =
        new BrokerPackets(
            state, clientEvents, requests, ids, order, receiveCures(spec, ids, refusals, details));
    PacketInput input = new PacketInput(reader, writer, output, order, deliveries, handler);
    PahoThreads threads = new PahoThreads(state::died, input::finish, state::isOver);
    PahoKeepAlive keepAlive = new PahoKeepAlive(state::startKeepAlive, state::stopKeepAlive);
    PahoClient.Opener opener =
        () -> {
          try {
            clientEvents.connecting(channel);
            channel.connect();
            reader.attach(channel.in());
            writer.attach(channel.out());
          } catch (IOException e) {
            output.end();
            state.fail(ConnectionFailures.unreachable(e));
            deliveries.end();
            throw e;
          }
          events.reached();
        };
    PahoClient client = client(spec, threads, keepAlive, opener, input, output);
    client.setCallback(new PahoCallback(deliveries, state, threads));
    acknowledgements.attach(client);
    return new PahoParts(client, threads, state, events, output, handover, order, receiver);
  }

  private static PahoClient client(
      ConnectSpec spec,
      PahoThreads threads,
      PahoKeepAlive keepAlive,
      PahoClient.Opener opener,
      PacketInput input,
      PacketOutput output) {
    try {
      return new PahoClient(spec.clientId(), threads, keepAlive, opener, input, output);
    } catch (MqttException e) {
      throw new IllegalStateException(e); // Its memory is the heap: nothing can fail.
    }
  }

  private static List<SendCure> sendCures(
      ConnectSpec spec, SessionPacketIds ids, RefusedByPubrec refusals, ManualPubrec pubrecs) {
    return List.of(
        new UserVersion(spec.version()),
        new GivenProperties(spec.will()),
        new TopicByAlias(),
        refusals, // Before the next, since it knows Paho's identifiers.
        ids,
        pubrecs);
  }

  private static List<ReceiveCure> receiveCures(
      ConnectSpec spec, SessionPacketIds ids, RefusedByPubrec refusals, MessageDetails details) {
    return List.of(
        new CheckedConnack(spec),
        new ReceiveMaximum(),
        new UnaskedTopicAliases(),
        new MaximumPacketSize(),
        new SilentlyLoweredQos(),
        new RefusedFilters(),
        details, // Before the next two, which take properties away.
        new BrokerTopicAliases(spec.properties()),
        new LongBinaryData(),
        new PubrelReason(),
        ids,
        refusals,
        new UnknownReasonCodes());
  }
}
