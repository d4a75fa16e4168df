import java.util.Scanner;

class Main {
    private final int[] data;
    private final int wanted;

    Main(int[] data, int wanted) {
        this.data = data;
        this.wanted = wanted;
    }

    // Pairs inside the left part, inside the right part, and across the cut.
    int inside(int from, int to) {
        if (to - from < 2) return 0;
        int cut = (from + to) >>> 1;
        return inside(from, cut) + inside(cut, to) + across(from, cut, to);
    }

    private int across(int from, int cut, int to) {
        int hits = 0;
        for (int a = from; a < cut; a++)
            for (int b = cut; b < to; b++)
                hits += data[a] + data[b] == wanted ? 1 : 0;
        return hits;
    }

    public static void main(String[] args) {
        String[] words = new Scanner(System.in).useDelimiter("\\A").next().trim().split("\\s+");
        int[] data = new int[Integer.parseInt(words[0])];
        for (int k = 0; k < data.length; k++) data[k] = Integer.parseInt(words[k + 1]);
        int wanted = Integer.parseInt(words[words.length - 1]);
        System.out.println(new Main(data, wanted).inside(0, data.length));
    }
}
