// emulate listens on all interfaces; here it listens on this machine only.
const net = require("node:net");
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (first, ...others) {
  if (typeof first === "number") return listen.call(this, { port: first, host: "127.0.0.1" }, ...others);
  return listen.call(this, typeof first === "object" ? { ...first, host: "127.0.0.1" } : first, ...others);
};
