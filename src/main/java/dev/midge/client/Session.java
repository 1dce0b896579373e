package dev.midge.client;

import dev.midge.mqtt.Message;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * What a client remembers of its dealings with the broker: for the life of one {@link Connection},
 * or of several, one after the other.
 */
final class Session {

  private final boolean lasting;
  private final boolean stream;
  private final PacketIds ids = new PacketIds();
  private final InflightWindow flights = new InflightWindow(ids);
  private final Qos2Receipts inbound = new Qos2Receipts();

  private Session(boolean lasting, boolean stream) {
    this.lasting = lasting;
    this.stream = stream;
  }

  /** For one link only. */
  static Session ofOneLink() {
    return new Session(false, false);
  }

  /** For links that replace one another, until {@link #close}. */
  static Session lasting() {
    return new Session(true, false);
  }

  /** The same, for one that sends as fast as it can. */
  static Session ofStream() {
    return new Session(true, true);
  }

  boolean isStream() {
    return stream;
  }

  PacketIds ids() {
    return ids;
  }

  InflightWindow flights() {
    return flights;
  }

  Qos2Receipts inbound() {
    return inbound;
  }

  /**
   * Hands over a message of QoS 1 or 2 for good: it goes out by the link that there is, or else by
   * the next. Waits while too many are on their way.
   *
   * @param more whether another message follows at once, so that this one may wait for company
   * @throws ConnectionFailure when the broker does not take such a message
   * @throws CancellationException when the session is over
   */
  CompletableFuture<Delivery> send(Message message, boolean more)
      throws ConnectionFailure, InterruptedException {
    if (flights.isFull()) {
      flush();
    }
    InflightMessage flight = flights.depart(message);
    if (flight == null) {
      throw new CancellationException();
    }
    Connection carrier = flight.carrier();
    if (carrier != null) {
      try {
        carrier.launch(flight, more);
      } catch (ConnectionFailure failure) {
        if (BrokerLimits.isRefusal(failure)) {
          throw failure;
        }
        // The next link carries it.
      } catch (CancellationException ended) {
        // So it does, if there is one.
      }
    }
    return flight.delivered();
  }

  /** Writes what waits for company: company that has to be waited for is none. */
  void flush() throws InterruptedException {
    Connection carrier = flights.carrier();
    try {
      if (carrier != null) {
        carrier.flush();
      }
    } catch (ConnectionFailure | CancellationException ended) {
      // The next link carries what was not written.
    }
  }

  /** A link of this session has ended. */
  void ended(Connection link, ConnectionOutcome end) {
    flights.detach(link);
    if (!lasting) {
      flights.end(end.failure());
    }
  }

  /** Nothing goes out any more. */
  void close() {
    flights.end(null);
  }
}
