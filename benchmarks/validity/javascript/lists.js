function Node(value, next) { this.value = value; this.next = next || null; }
function fromArray(values) {
  var head = null;
  for (var i = values.length; i--;) head = new Node(values[i], head);
  return head;
}
function toText(node) { var out = []; while (node) { out.push(node.value); node = node.next; } return out.join("->"); }
function reverse(node) {
  var previous = null, next;
  while (node) {
    next = node.next;
    node.next = previous;
    previous = node;
    node = next;
  }
  return previous;
}
function merge(a, b) {
  var dummy = new Node(0), tail = dummy;
  while (a && b) {
    if (a.value <= b.value) { tail.next = a; a = a.next; }
    else { tail.next = b; b = b.next; }
    tail = tail.next;
  }
  tail.next = a || b;
  return dummy.next;
}
function middle(node) {
  var slow = node, fast = node;
  while (fast && fast.next) { slow = slow.next; fast = fast.next.next; }
  return slow && slow.value;
}
function hasCycle(node) {
  for (var slow = node, fast = node; fast && fast.next;) {
    slow = slow.next, fast = fast.next.next;
    if (slow === fast) return true;
  }
  return false;
}
console.log(toText(reverse(fromArray([1, 2, 3]))), toText(merge(fromArray([1, 4, 6]), fromArray([2, 3, 9]))), middle(fromArray([1, 2, 3, 4, 5])));
var ring = fromArray([1, 2, 3]);
ring.next.next.next = ring;
console.log(hasCycle(ring), hasCycle(fromArray([1, 2])), middle(null));
var stack = [], balanced = function (text) {
  var pairs = { ")": "(", "]": "[", "}": "{" };
  stack.length = 0;
  for (var i = 0; i < text.length; i++) {
    var ch = text.charAt(i);
    if ("([{".indexOf(ch) >= 0) stack.push(ch);
    else if (pairs[ch] && stack.pop() !== pairs[ch]) return false;
  }
  return !stack.length;
};
console.log(balanced("([]{})"), balanced("([)]"), balanced("(("));
