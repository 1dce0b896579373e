package dev.midge.lwt.rows;

import dev.midge.fault.Effect;
import dev.midge.lwt.row.Row;
import java.util.List;

/** The rows about connections that end in the layers between TCP and MQTT. */
final class TransportRows {
  private TransportRows() {}

  static List<Row> all() {
    return List.of(
        Row.of(
                "tls-cut",
                "3.1.2-8",
                "A TLS connection that ends by TCP FIN without close_notify has its will published.",
                "TCP FIN below TLS",
                "will",
                run -> run.expectWill(run.packets(run.connect(run.will())).cutNetwork()))
            .onlyByPackets()
            .needing(Row.Need.TLS),
        Row.of(
                "ws-close",
                "6.0.0, 3.1.2-8",
                "A WebSocket connection that is closed without DISCONNECT has its will published.",
                "WebSocket Close frame",
                "will",
                run -> run.expectWill(run.connect(run.will()).end(Effect.CLOSE)))
            .needing(Row.Need.WEBSOCKET));
  }
}
