const show = (...values) => console.log(values.map((v) => (Object.is(v, -0) ? "-0" : String(v))).join(" "));
show(0.1 + 0.2, (0.1 + 0.2).toFixed(2), 1e21, 123456789012345680000, 5e-324, 2 ** 53 + 1, 0xff, 0b101, 0o17, 1_000);
show(7 % 3, -7 % 3, 7 % -3, -0 % 5, 5.5 % 2, Math.trunc(-1.5), Math.round(-0.5), Math.sign(-3));
show(1 << 31, 1 << 32, -1 >>> 0, -1 >> 1, ~5, 5 & 3, 5 | 3, 5 ^ 3, 2 ** -1, (-2) ** 2, 2 ** 3 ** 2);
show(Number.MAX_SAFE_INTEGER, Number.EPSILON > 0, Number("0x1f"), Number(""), Number(" 12 "), Number("1,2"));
show((255).toString(16), (255).toString(2), parseInt("zz", 36), (1234.5678).toFixed(1), (0.000001234).toString(), 1e-7);
show(12345678901234567890n * 98765432109876543210n, -7n / 2n, -7n % 2n, 2n ** 64n, BigInt.asUintN(8, 257n));
function gcd(a, b) { while (b) { [a, b] = [b, a % b]; } return a; }
function isqrt(n) { let x = n, y = (x + 1n) / 2n; while (y < x) { x = y; y = (x + n / x) / 2n; } return x; }
show(gcd(1071, 462), isqrt(10n ** 30n), Math.max(), Math.min(), Math.max(1, "3", 2), Math.max(NaN, 1));
const floats = new Float32Array([0.1, 16777217]), bytes = new Uint8Array([256, -1, 1.9]), clamped = new Uint8ClampedArray([300, -5, 1.5]);
show(...floats, ...bytes, ...clamped, new DataView(new Uint8Array([1, 2, 3, 4]).buffer).getInt16(1));
let sum = 0; for (let i = 0; i < 10; i++) sum += i / 10; show(sum, sum === 4.5);
