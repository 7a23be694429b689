/**
 * What forms call the fields of an item, as data: per class the phrases that mean it, commas between. Compared word by
 * word, plurals and small words (the, your, of) left out; "=" marks phrases that only count as the whole text.
 */
export const FIELD_WORDS = {
  photos:
    "photo,image,picture,add photo,upload photo,upload image,upload picture,product image,item photo,photos video,media,gallery,drag drop,drop image,drop photo,drag photo,drag image",
  title:
    "title,listing title,item title,product title,ad title,posting title,post title,listing name,item name,product name,name item,name product,name listing,headline,ad headline,listing headline,title item,what selling,what you selling,what are you selling,=name,=subject,listing subject,what listing,=item,item called,title ad,artikelname,titel,titre,titulo",
  description:
    "description,item description,product description,listing description,full description,long description,about item,about product,about listing,=detail,item detail,product detail,describe item,describe product,describe what selling,tell buyer about,tell buyer more,tell buyer,ad text,posting body,=body,listing body,body html,=describe,what should buyer know,more about item,tell story,write description,beschreibung,descripcion",
  price:
    "price,asking price,ask price,selling price,sell price,listing price,item price,product price,regular price,base price,fixed price,buy it now price,buy now price,your price,sale amount,how much,unit price,price per item,price usd,=amount,preis,prix,precio",
  quantity:
    "quantity,qty,=stock,stock quantity,=inventory,inventory quantity,available quantity,quantity available,in stock,unit available,how many,how many have,number item,number of unit,unit in stock,item available,available stock,stock level,stock on hand,on hand,=count,amount in stock,available unit,piece available,quantity in stock",
  condition:
    "condition,item condition,product condition,state item,state of wear,quality grade,how worn,how used,rate condition,zustand",
  category:
    "category,product category,item category,listing category,department,product type,item type,choose category,select category,type item,type of item,what kind of item,listing type category,kategorie,categorie",
  brand:
    "brand,brand name,maker,manufacturer,=make,designer,item brand,make manufacturer,brand designer,brand maker,vendor,marke,marque,designer brand",
  size: "size,item size,clothing size,shoe size,size item,=measurement,apparel size,size dimension,us size,garment size,fit size",
  colors:
    "color,colour,item color,main color,primary color,product color,color family,main colour,primary colour,color item,item colour,dominant color,farbe",
  material:
    "material,fabric,made of,composition,item material,main material,material composition,fabric type,what made of,textile",
  tags: "tag,keyword,search tag,search keyword,product tag,hashtag,search term,listing tag,item tag,add tag,key word,tag keyword",
  sku: "sku,stock keeping unit,article number,item code,product code,stock number,stock code,custom label,custom label sku,item number,inventory code,inventory number,seller sku,internal code,product sku,sku number,item sku,reference code",
  weightGrams:
    "weight,item weight,package weight,parcel weight,shipping weight,product weight,weigh,how heavy,weight package,gross weight",
  weightPounds: "pound,lb,weight lb,weight pound,package weight lb,package weight pound",
  weightOunces: "ounce,oz,weight oz,weight ounce,package weight oz,package weight ounce",
  length: "length,package length,parcel length,item length,depth,package depth",
  width: "width,package width,parcel width,item width",
  height: "height,package height,parcel height,item height",
  shippingProfile:
    "delivery method,shipping method,how buyer get it,fulfillment,fulfillment method,fulfilment method,delivery option,shipping option,delivery type,=delivery,=shipping,handover,how will buyer get item,delivery preference,shipping or pickup,delivery or pickup,shipping preference,how will ship,how deliver",
  payer:
    "who pay shipping,who pay for shipping,shipping paid by,who cover shipping,shipping payer,postage paid by,who pay postage,who pay delivery,shipping cost paid by,who pay for postage,shipping paid",
  freeShipping:
    "free shipping,offer free shipping,free delivery,seller pay shipping,i pay shipping,i will pay shipping,free postage,include shipping price",
  offersShipping:
    "offer shipping,require shipping,this product require shipping,physical product,this is physical product,ship item,shippable,i can ship,shipping available,available for shipping,will ship,i will ship,delivery available",
  noShipping:
    "no shipping required,no shipping,pickup only,local pickup only,collection only,digital product,no shipping need,not require shipping",
  location:
    "location,item location,where it is,where item located,where located,pickup location,meetup location,listing location,ship from location,location item,standort",
  postalCode:
    "postal code,zip code,zip,postcode,post code,zip postal code,postal,postal zip code,ship from zip,zip ship from,ship from zip code,plz,postcode zip,zipcode,sends from zip",
  city: "city,town,city neighborhood,city or neighborhood,area or district,area district,city town,neighborhood,town city",
  cost: "cost,cost per item,item cost,unit cost,cost price,purchase price,your cost,cost good,buy price,purchase cost,cost of good,paid price,what you paid,price paid,acquisition cost,wholesale cost",
  notes:
    "private note,private note self,internal note,note self,note to self,private seller note,personal note,note for yourself,staff note,memo",
  priceFloor:
    "floor price,minimum price,min price,lowest price,lowest offer,minimum offer,smart pricing floor,lowest acceptable price,reserve price,minimum price consider,lowest price accept,auto decline,minimum acceptable offer",
} as const;

export type FieldClass = keyof typeof FIELD_WORDS;

/** Words that say nothing about which field it is. */
export const SMALL_WORDS =
  "the,a,an,of,for,to,in,on,please,enter,select,choose,pick,add,optional,required,this,is,are,we,it,with,and,or,any,here,provide,give,write,s,e,g,eg,characters,character,be,can,do,will,that,would,apply,all,s";
