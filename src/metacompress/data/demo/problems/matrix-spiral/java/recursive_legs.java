import java.util.Arrays;
import java.util.Scanner;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class Main {
    private final int[] flat;
    private final int width;
    private final int[] visited;
    private int count = 0;

    Main(int[] flat, int width) {
        this.flat = flat;
        this.width = width;
        this.visited = new int[flat.length];
    }

    /** Walks one straight leg, then turns: the other extent shrinks by one. */
    private void leg(int from, int stride, int length, int otherLength) {
        if (length == 0) {
            return;
        }
        int at = from;
        for (int n = 0; n < length; n++) {
            at += stride;
            visited[count++] = flat[at];
        }
        int turned = Math.abs(stride) == 1 ? stride * width : -stride / width;
        if (width == 1) {
            turned = count == 1 ? 1 : -1; // strides coincide in a single column
        }
        leg(at, turned, otherLength, length - 1);
    }

    int[] spiral() {
        leg(-1, 1, width, flat.length / width - 1);
        return visited;
    }

    public static void main(String[] args) {
        Scanner stdin = new Scanner(System.in);
        int height = stdin.nextInt();
        int width = stdin.nextInt();
        int[] flat = IntStream.range(0, height * width).map(i -> stdin.nextInt()).toArray();
        System.out.println(Arrays.stream(new Main(flat, width).spiral())
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(" ")));
    }
}
