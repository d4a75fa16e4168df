// Inheritance without classes.
function Animal(kind, sound) {
  if (!(this instanceof Animal)) return new Animal(kind, sound);
  this.kind = kind;
  this.sound = sound;
}
Animal.prototype.speak = function () {
  var self = this;
  return [1, 2].map(function (times) {
    return Array(times + 1).join(self.sound);
  }).join(" ");
};
Animal.count = 0;

function Dog(title) {
  Animal.call(this, "dog", "wo");
  this.title = title;
  Animal.count++;
}
Dog.prototype = Object.create(Animal.prototype, { constructor: { value: Dog, writable: true } });
Dog.prototype.speak = function speak() {
  return this.title + ": " + Animal.prototype.speak.call(this).toUpperCase();
};
var rex = new Dog("Rex"), cat = Animal("cat", "mi");
console.log(rex.speak(), cat.speak(), Animal.count, rex instanceof Animal, cat instanceof Dog);
for (var key in rex) if (rex.hasOwnProperty(key)) console.log(key, rex[key]);

var mixin = { walk: function () { return this.title + " walks"; } };
Object.assign(Dog.prototype, mixin);
console.log(rex.walk(), Object.keys(rex).length, "walk" in rex, delete rex.title, rex.title);
var bound = rex.walk.bind({ title: "Bound" });
console.log(bound(), bound.call(cat), (0, rex.walk).call({ title: "Called" }));
Array.prototype.last = function () { return this[this.length - 1]; };
console.log([1, 2, 3].last(), Object.getPrototypeOf(rex) === Dog.prototype);
var o = { __proto__: { inherited: 1 }, own: 2 };
console.log(o.inherited, Object.keys(o).join());
